#include "reports/trend.hpp"

namespace interlock::reports {

void add_sample(std::vector<Sample>& trend, const Sample& now) {
    trend.push_back(now);
    if (trend.size() <= trend_max) return;
    std::size_t kept = 0;
    for (std::size_t place = 0; place < trend.size(); ++place) {
        if (place % 2 == 0 || place + 1 == trend.size()) trend[kept++] = trend[place];
    }
    trend.resize(kept);
}

}  // namespace interlock::reports
