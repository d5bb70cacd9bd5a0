"""Every word of our own that the pages show, in Chinese and English, by page."""
