"""What is published: the sdist and the wheel that ``make package`` built in ``dist``."""
