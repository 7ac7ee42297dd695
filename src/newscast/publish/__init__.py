"""Episode -> the show's folder, feed and pages."""
