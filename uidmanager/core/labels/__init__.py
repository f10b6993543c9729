"""What stands on a label and where: values in millimetres, so that PDF, printers and the window draw the same thing."""
