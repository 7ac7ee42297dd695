"""newscast: Indonesian news articles in, podcast episodes and their feed out."""
