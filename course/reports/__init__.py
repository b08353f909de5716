"""Tell results: pages, exports, statistics."""
