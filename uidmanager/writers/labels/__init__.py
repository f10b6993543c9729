"""Labels as PDF with vector codes, or as ZPL for a label printer. Loaded only when labels are asked for."""
