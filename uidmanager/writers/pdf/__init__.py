"""A report as a PDF, drawn page by page. Nothing here is loaded before a PDF is asked for, but the paper's names."""
