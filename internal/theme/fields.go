package theme

import "reflect"

var figureType = reflect.TypeFor[Figure]()

// readers read the fields of those views of which a page has hundreds, without
// reflection: a text by a func(any) string, a truth by a func(any) bool, the place of
// a struct or list by a func(any) any. They are given the pointer to the view.
var readers = map[reflect.Type]map[string]any{
	figureType: {
		"Period":  func(p any) string { return p.(*Figure).Period },
		"Text":    func(p any) string { return p.(*Figure).Text },
		"Count":   func(p any) string { return p.(*Figure).Count },
		"Marks":   func(p any) any { return &p.(*Figure).Marks },
		"Missing": func(p any) bool { return p.(*Figure).Missing },
		"Revised": func(p any) string { return p.(*Figure).Revised },
		"Note":    func(p any) string { return p.(*Figure).Note },
		"Old":     func(p any) bool { return p.(*Figure).Old },
	},
	reflect.TypeFor[TableRow](): {
		"Head":   func(p any) string { return p.(*TableRow).Head },
		"Cells":  func(p any) any { return &p.(*TableRow).Cells },
		"Strong": func(p any) bool { return p.(*TableRow).Strong },
		"Group":  func(p any) string { return p.(*TableRow).Group },
	},
	reflect.TypeFor[Link](): {
		"Text":    func(p any) string { return p.(*Link).Text },
		"Href":    func(p any) string { return p.(*Link).Href },
		"Current": func(p any) bool { return p.(*Link).Current },
	},
	reflect.TypeFor[Rating](): {
		"Code":   func(p any) string { return p.(*Rating).Code },
		"ByHand": func(p any) bool { return p.(*Rating).ByHand },
		"On":     func(p any) string { return p.(*Rating).On },
	},
	reflect.TypeFor[Direction](): {
		"Arrow":     func(p any) string { return p.(*Direction).Arrow },
		"Judgement": func(p any) string { return p.(*Direction).Judgement },
		"Change":    func(p any) string { return p.(*Direction).Change },
	},
	reflect.TypeFor[Row](): {
		"ID":          func(p any) string { return p.(*Row).ID },
		"Label":       func(p any) string { return p.(*Row).Label },
		"First":       func(p any) bool { return p.(*Row).First },
		"Indicator":   func(p any) any { return &p.(*Row).Indicator },
		"Change":      func(p any) string { return p.(*Row).Change },
		"Status":      func(p any) string { return p.(*Row).Status },
		"Good":        func(p any) string { return p.(*Row).Good },
		"Unit":        func(p any) string { return p.(*Row).Unit },
		"Basis":       func(p any) string { return p.(*Row).Basis },
		"Frequency":   func(p any) string { return p.(*Row).Frequency },
		"Lag":         func(p any) string { return p.(*Row).Lag },
		"Latest":      func(p any) any { return &p.(*Row).Latest },
		"OwnPeriods":  func(p any) bool { return p.(*Row).OwnPeriods },
		"Spark":       func(p any) string { return string(p.(*Row).Spark) },
		"ToDate":      func(p any) any { return &p.(*Row).ToDate },
		"HasToDate":   func(p any) bool { return p.(*Row).HasToDate },
		"ToDateBasis": func(p any) string { return p.(*Row).ToDateBasis },
		"Direction":   func(p any) any { return &p.(*Row).Direction },
		"Rating":      func(p any) any { return &p.(*Row).Rating },
		"Why":         func(p any) string { return p.(*Row).Why },
		"Target":      func(p any) string { return p.(*Row).Target },
		"Green":       func(p any) string { return p.(*Row).Green },
		"Amber":       func(p any) string { return p.(*Row).Amber },
		"Years":       func(p any) any { return &p.(*Row).Years },
		"Annual":      func(p any) any { return &p.(*Row).Annual },
		"Benchmarks":  func(p any) any { return &p.(*Row).Benchmarks },
	},
	reflect.TypeFor[SectionRow](): {
		"Label":     func(p any) string { return p.(*SectionRow).Label },
		"Indicator": func(p any) any { return &p.(*SectionRow).Indicator },
		"Figure":    func(p any) any { return &p.(*SectionRow).Figure },
		"Direction": func(p any) any { return &p.(*SectionRow).Direction },
		"Rating":    func(p any) any { return &p.(*SectionRow).Rating },
		"Target":    func(p any) string { return p.(*SectionRow).Target },
	},
	reflect.TypeFor[Scorecard](): {
		"Periods":     func(p any) any { return &p.(*Scorecard).Periods },
		"Years":       func(p any) any { return &p.(*Scorecard).Years },
		"Comparators": func(p any) any { return &p.(*Scorecard).Comparators },
	},
}

// reader reads a field of a struct, as readers do or by reflection; a number by a
// func(any) int. It is nil for a type that a program does not know.
func reader(typ reflect.Type, f reflect.StructField) any {
	if get := readers[typ][f.Name]; get != nil {
		return get
	}
	at := func(p any) reflect.Value {
		v := reflect.ValueOf(p).Elem()
		for _, i := range f.Index {
			v = v.Field(i)
		}
		return v
	}
	switch {
	case f.Type == textType, f.Type == htmlType:
		return func(p any) string { return at(p).String() }
	case f.Type == intType:
		return func(p any) int { return int(at(p).Int()) }
	case f.Type == boolType:
		return func(p any) bool { return at(p).Bool() }
	case refers(f.Type):
		return func(p any) any { return at(p).Addr().Interface() }
	}
	return nil
}

// list is how a list of one type is read: how long it is, and the pointer to an
// element. Both are given the pointer to the list.
type list struct {
	size func(any) int
	at   func(any, int) any
}

// lists are those that a page has many of, or with many elements.
var lists = map[reflect.Type]list{
	reflect.TypeFor[[]Figure]():   listed[Figure](),
	reflect.TypeFor[[]TableRow](): listed[TableRow](),
	reflect.TypeFor[[]Link]():     listed[Link](),
	reflect.TypeFor[[]string]():   listed[string](),
}

func listed[T any]() list {
	return list{
		size: func(p any) int { return len(*p.(*[]T)) },
		at:   func(p any, i int) any { return &(*p.(*[]T))[i] },
	}
}

func listOf(typ reflect.Type) list {
	if in, ok := lists[typ]; ok {
		return in
	}
	return list{
		size: func(p any) int { return reflect.ValueOf(p).Elem().Len() },
		at:   func(p any, i int) any { return reflect.ValueOf(p).Elem().Index(i).Addr().Interface() },
	}
}
