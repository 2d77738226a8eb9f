# Never ends a cell.
while True:
    pass
