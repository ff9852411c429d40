#include "harness/race/shadow.hpp"

#include <algorithm>

namespace interlock::harness {

void Shadow::begin() {
    pages.clear();
    pages_used = 0;
    last       = nullptr;
    accesses.resize(1);
    unused.clear();
}

Shadow::Page& Shadow::page_of(std::uintptr_t address) {
    const auto [place, fresh] = pages.try_emplace(address / page_bytes, nullptr);
    if (!fresh) return *place->second;
    if (pages_used == made.size()) made.push_back(std::make_unique<Page>());
    place->second  = made[pages_used++].get();
    *place->second = {};
    last           = nullptr;
    return *place->second;
}

void Shadow::set(std::uintptr_t begin, std::size_t bytes, std::uint8_t watched) {
    for (std::uintptr_t at = begin - begin % cell_bytes; at < begin + bytes; at += cell_bytes) {
        Page&             page  = page_of(at);
        const std::size_t place = at % page_bytes / cell_bytes;
        drop_all(page.newest[place]);
        page.newest[place]  = 0;
        page.watched[place] = watched;
    }
}

void Shadow::drop_all(std::uint32_t newest) {
    for (; newest != 0; newest = accesses[newest].next)
        drop(newest);
}

void Shadow::watch(const void* memory, std::size_t bytes) {
    set(reinterpret_cast<std::uintptr_t>(memory), bytes, 1);
}

void Shadow::unwatch(const void* memory, std::size_t bytes) {
    set(reinterpret_cast<std::uintptr_t>(memory), bytes, 0);
}

std::uint32_t* Shadow::cell(std::uintptr_t address) {
    const std::uintptr_t key = address / page_bytes;
    if (last == nullptr || key != last_key) {
        const auto found = pages.find(key);
        if (found == pages.end()) return nullptr;
        last_key = key;
        last     = found->second;
    }
    const std::size_t place = address % page_bytes / cell_bytes;
    return last->watched[place] ? &last->newest[place] : nullptr;
}

std::uint32_t Shadow::add(const Access& access) {
    if (unused.empty()) {
        accesses.push_back(access);
        return static_cast<std::uint32_t>(accesses.size() - 1);
    }
    const std::uint32_t place = unused.back();
    unused.pop_back();
    accesses[place] = access;
    return place;
}

}  // namespace interlock::harness
