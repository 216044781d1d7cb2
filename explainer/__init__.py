"""The generator: files to documents to library to views to pages to bytes, one module a stage."""
