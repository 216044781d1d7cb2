"""What each kind of page shows: frozen plain data, one module a kind. Choosing, ordering and grouping happen here; templates only lay out."""
