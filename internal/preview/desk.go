package preview

func (s *Server) desk(card string) ([]byte, error) {
	return s.framed("Desk", "<main id=\"main\" class=\"wide desk\">\n<h1>Desk</h1>\n</main>"), nil
}
