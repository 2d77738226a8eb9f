# Never ends a cell.
# wall: none
# waits
while True:
    pass
