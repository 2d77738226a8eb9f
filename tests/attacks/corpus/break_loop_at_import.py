# Never ends a cell.
# waits
while True:
    pass
