// The keys of layers and conditions, which fwpkclnt.lib gives a driver.

#include <initguid.h>

#include <fwpmk.h>
