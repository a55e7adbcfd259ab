"""Our own demo company, its customers and their words."""
