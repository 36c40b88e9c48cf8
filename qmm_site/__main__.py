"""`python -m qmm_site`: the built-in server. Renderers pass over a module of this name, and so stay small."""

from qmm_site.serve import main

if __name__ == "__main__":
    main()
