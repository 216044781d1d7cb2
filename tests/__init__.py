"""The tests. A folder below `sites/` is a test; the rest is by rule: content, output, data, architecture, hostile input, and one module each."""
