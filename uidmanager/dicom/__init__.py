"""What is known of DICOM beyond the rules: the names it defines."""
