"""What Handrail tells about a handbook, in each output format; a format returns a text and prints nothing.

Each report is asked for at its own module, so that a build, which writes the model alone, loads no other.
"""
