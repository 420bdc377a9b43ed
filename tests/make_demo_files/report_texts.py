"""What the report says."""

TITLE, CASE, CLIENT = "Interim report, first week", "2026-0142", "Meridian Freight Ltd"
FACTS = (
    ("Case", f"{CASE}, Warehouse losses, Quay Street"),
    ("Client", CLIENT),
    ("Period", "Nights 1 to 5, each from 22:00 to 05:00"),
    ("Written by", "Investigator R."),
    ("Reviewed by", "Manager G."),
)
SUMMARY = (
    "We watched the warehouse on Quay Street for five nights. On four of them a vehicle stopped at the side gate between "
    "02:00 and 03:30 and left again within a minute. Each time the gate was unlocked from inside.",
    "The losses found by the morning's stock count match these departures, night by night. On night 3 nothing stopped at "
    "the gate, and the count was complete.",
    "<b>We recommend</b> continuing to the end of the month and preserving the gate controller's records now, "
    "before they are overwritten.",
)
FIGURES = {
    "4 of 5": "nights with departures",
    "6": "departures logged",
    "33": "cartons short in all",
    "0": "at the main gate",
}
METHOD = (
    "Two observers stood in public places, one on the quay side with sight of the side gate, one on the ring road. A fixed "
    "camera, agreed with the client, recorded the side gate throughout. Both observers set their watches and the "
    "camera's clock by the same time signal at 21:30.",
    "Nobody entered the yard or the building, and nobody was spoken to. The stock counts are the client's own, made by "
    "the day shift at 06:00 and sent to us by 09:00.",
)
Departure = tuple[str, str, str]  # time, vehicle, what was seen
NIGHTS: tuple[tuple[str, tuple[Departure, ...], str], ...] = (
    # night, its departures, cartons short in the morning
    ("1", (("02:10", "White van", "Stops at the side gate. Leaves without lights, towards the ring road."),), "6"),
    ("2", (
        ("02:14", "White van", "Puts its lights out at the gate, which opens from inside. Leaves without lights."),
        ("03:05", "Second van", "Same stop, same route. Brakes before leaving; its plate is legible."),
    ), "11"),
    ("3", (), "None"),
    ("4", (("02:21", "White van", "As on night 1. A gray estate at the ring road, 02:40."),), "7"),
    ("5", (
        ("02:08", "White van", "As on night 2. The gate stays ajar after it has left."),
        ("03:22", "White van", "Returns from the ring road for a second stop. The gate is then locked."),
    ), "9"),
)  # fmt: skip
FINDINGS = (
    "<b>One gate, one hour and a half.</b> All six departures fall between 02:00 and 03:30, the time in which the night "
    "shift takes its break in turns.",
    "<b>Help from inside.</b> The side gate has no keypad on the street. It was open before the vehicle had stopped on "
    "five of six occasions, so somebody knew when to expect it.",
    "<b>The same route.</b> Every vehicle left for the ring road. The gray estate that waited there on night 4 may be "
    "keeping watch; one sighting is not enough to say so.",
)
ADVICE = (
    "<b>Preserve the gate controller's records now.</b> The controller overwrites its log after 30 days. Ask the supplier "
    "for a sealed export, and keep the request in writing.",
    "<b>Continue to the end of the month.</b> Five nights show a pattern; a second and third week show whether it follows "
    "the shift plan.",
    "<b>Change nothing that can be seen.</b> New locks, lights or questions would end the departures before they can be "
    "explained. Please keep this report to those it was sent to.",
)
LIMITS = (
    "From the quay side the inside of the gate is hidden: we saw that it was opened, not by whom. Cartons were counted by "
    "the client, not by us. Times are exact to ten seconds. Footage of night 2 is sent with this report; the rest is kept "
    "with the case and can be seen on request."
)
