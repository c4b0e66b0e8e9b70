"""The dashboard and the command line: from release cells to what people see."""
