"""What PDFium says of one page, made into text, outlines, colours and small signs."""
