"""Pages become HTML, Word and PDF, by Quarto or by the embedded renderer. This room knows notebooks, not accounts."""
