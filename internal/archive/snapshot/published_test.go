package snapshot

import (
	"reflect"
	"testing"
	"testing/fstest"

	"outturn/internal/period"
	"outturn/internal/quantity"
)

func TestWhatWasPublishedIsReadAsItIsWritten(t *testing.T) {
	figure := func(text string) quantity.Decimal {
		n, err := quantity.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		return n.Decimal
	}
	december, march := period.NewMonth(2016, 12), period.NewMonth(2017, 3)
	second := Issued{december, 2}
	list := map[Issued]Published{
		{december, 1}: {"1.2": {Rating: "green"}},
		second:        {"1.10": {Rating: "none"}, "1.2": {Rating: "red", ByHand: true, Figure: figure("83.0"), Has: true}, `a "ref", odd`: {Rating: "green", Figure: figure("-0.5"), Has: true}},
		{march, 1}:    {"1.2": {Rating: "amber", Figure: figure("1192"), Has: true}},
	}
	text := EncodePublished(list)
	const want = "month,issue,ref,rating,by_hand,figure\n2016-12,1,1.2,green,false,\n2016-12,2,1.2,red,true,83.0\n2016-12,2,1.10,none,false,\n" +
		"2016-12,2,\"a \"\"ref\"\", odd\",green,false,-0.5\n2017-03,1,1.2,amber,false,1192\n"
	if string(text) != want {
		t.Errorf("%s", text)
	}
	again, err := DecodePublished(text)
	if err != nil || !reflect.DeepEqual(again, list) {
		t.Errorf("%v, %v", again, err)
	}
	// In a snapshot's sources it stands in the place of the snapshots before it.
	var shelf Shelf
	site := fstest.MapFS{PublishedFile("care"): {Data: text}}
	if p, ok := shelf.Before(site, march, "care", second); !ok || p["1.2"].Rating != "red" {
		t.Errorf("%+v", p)
	}
	if _, ok := shelf.Before(site, march, "care", Issued{march, 2}); ok {
		t.Error("an issue that was not kept")
	}
	for _, broken := range []string{"month\n2016-12\n", "month,issue,ref,rating,by_hand,figure\n2016,1,1.1,red,false,\n", "month,issue,ref,rating,by_hand,figure\n2016-12,x,1.1,red,false,\n", "month,issue,ref,rating,by_hand,figure\n2016-12,1,1.1,red,false,1x\n"} {
		if _, err := DecodePublished([]byte(broken)); err == nil {
			t.Errorf("%q was read", broken)
		}
	}
}
