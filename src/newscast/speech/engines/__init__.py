"""Line -> its sound, one module an engine."""
