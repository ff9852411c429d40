#pragma once

// Values one after the other in a string, for two processes of the same build.

#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "harness/check.hpp"

namespace interlock::fuzz {

class BlobWriter {
public:
    template <class T>
        requires std::is_trivially_copyable_v<T>
    void add(const T& value) {
        bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    }

    void add(std::string_view text) {
        add(text.size());
        bytes.append(text);
    }

    template <class T>
        requires std::is_trivially_copyable_v<T>
    void add(std::span<const T> values) {
        add(std::string_view(reinterpret_cast<const char*>(values.data()), values.size_bytes()));
    }

    const std::string& text() const {
        return bytes;
    }

private:
    std::string bytes;
};

class BlobReader {
public:
    explicit BlobReader(std::string_view bytes) : rest(bytes) {}

    template <class T>
    T take() {
        T value;
        std::memcpy(&value, cut(sizeof value).data(), sizeof value);
        return value;
    }

    std::string take_text() {
        return std::string(cut(take<std::size_t>()));
    }

    template <class T>
    std::vector<T> take_all() {
        const std::string_view bytes = cut(take<std::size_t>());
        std::vector<T>         values(bytes.size() / sizeof(T));
        if (!values.empty()) std::memcpy(values.data(), bytes.data(), values.size() * sizeof(T));
        return values;
    }

private:
    std::string_view cut(std::size_t size) {
        harness::check(size <= rest.size(), "a worker's answer is too short");
        const auto piece = rest.substr(0, size);
        rest.remove_prefix(size);
        return piece;
    }

    std::string_view rest;
};

}  // namespace interlock::fuzz
