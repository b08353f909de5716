"""The catalogue of Boxoffice: six stores, each for what it is good at."""
