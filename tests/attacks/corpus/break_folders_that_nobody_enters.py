# Fills files in folders, then takes every right away from the folders, so that who counts cannot look.
# wall: disk files
import os

for number in range(200):
    os.mkdir(f"shut{number}")
    for part in range(8):
        with open(f"shut{number}/{part}", "wb") as file:
            file.write(b"x" * 4_000_000)
    os.chmod(f"shut{number}", 0)
