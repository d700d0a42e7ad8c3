"""Reads a GPX file with gpxpy and asks it for the sums that ours makes: lengths, ascent, moving time."""
import sys

import gpxpy

with open(sys.argv[1], encoding="utf-8") as file:
    gpx = gpxpy.parse(file)
print(gpx.length_2d(), gpx.length_3d(), gpx.get_uphill_downhill(), gpx.get_moving_data())
