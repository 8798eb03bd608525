"""What was documented, and what followed: told two ways, never in one figure."""

from pages import shared

shared.require_frame()

from answers.surfaces.accountability import Accountability
from answers.surfaces.impact import Impact, complete
from answers.surfaces.steps import Steps
from pages.shared import impact
from pages.shared.sections import section
from pages.shared.show import title

now = shared.asked()
documented, accountability, steps = (now.answer(each) for each in (Impact, Accountability, Steps))

title(now, now.t("Impact"))
impact.tabled(documented)
impact.figure(accountability)
impact.tabled(steps)
section(complete(now))
impact.behind(documented, accountability, steps)
