"""From text to typed rows: every cell is read by its column's declaration, every fault is named."""
