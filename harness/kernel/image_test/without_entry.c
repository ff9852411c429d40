// A module that is no driver.

int NothingOfInterest = 1;
