"""From bytes to passages: reading, repair, segmentation. `qa.corpus.pipeline.articles_of` runs the pure steps."""
