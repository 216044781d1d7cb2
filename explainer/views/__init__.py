"""What each kind of page shows: named tuples of plain data, one module a kind. Choosing, ordering and grouping happen here; templates only lay out."""
