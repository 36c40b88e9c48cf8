"""A real validator for the PDF files that the product makes."""
