"""What Slipway adds to the emulated AWS account of a local run: plugins of LocalStack, found by their entry points."""
