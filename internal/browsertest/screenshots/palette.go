package main

import (
	"cmp"
	"image"
	"image/color"
	"slices"
)

// palette gives the 256 commonest colours of a picture, the commonest first;
// of two that are as common, the darker.
func palette(of image.Image) color.Palette {
	seen := map[color.NRGBA]int{}
	bounds := of.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			seen[color.NRGBAModel.Convert(of.At(x, y)).(color.NRGBA)]++
		}
	}
	all := make([]color.NRGBA, 0, len(seen))
	for c := range seen {
		all = append(all, c)
	}
	value := func(c color.NRGBA) int { return int(c.R)<<16 | int(c.G)<<8 | int(c.B) }
	slices.SortFunc(all, func(a, b color.NRGBA) int {
		return cmp.Or(cmp.Compare(seen[b], seen[a]), cmp.Compare(value(a), value(b)))
	})
	few := make(color.Palette, 0, 256)
	for _, c := range all[:min(256, len(all))] {
		few = append(few, c)
	}
	return few
}
