// SPDX-License-Identifier: Apache-2.0
//
// `ledger.merkle` with OpenSSL's SHA-256: the leaves, then pair by pair, an odd last hash moves up.
// Built by Scripts/bench.sh:
//
//     c++ -std=c++17 -O3 -march=native merkle.cpp -lcrypto -lpthread
#define OPENSSL_SUPPRESS_DEPRECATED
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include <openssl/opensslv.h>
#include <openssl/sha.h>

namespace {

constexpr size_t leaf_size = 64, hash_size = 32;

double now() {
    using namespace std::chrono;
    return duration<double>(steady_clock::now().time_since_epoch()).count();
}

void hash(uint8_t prefix, const uint8_t *source, size_t size, uint8_t *target) {
    uint8_t buffer[1 + leaf_size];
    buffer[0] = prefix;
    std::memcpy(buffer + 1, source, size);
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, buffer, size + 1);
    SHA256_Final(target, &context);
}

template <typename Body> void parallel(int threads, size_t count, const Body &body) {
    if (threads == 1 || count < 4096) { return body(size_t{0}, count); }
    std::vector<std::thread> workers;
    for (int t = 0; t < threads; t++) {
        workers.emplace_back(body, count * t / threads, count * (t + 1) / threads);
    }
    for (auto &worker : workers) { worker.join(); }
}

// All levels are kept, as for proofs.
std::vector<std::vector<uint8_t>> tree(const std::vector<uint8_t> &leaves, int threads) {
    std::vector<std::vector<uint8_t>> levels;
    size_t count = leaves.size() / leaf_size;
    levels.emplace_back(count * hash_size);
    uint8_t *first = levels.back().data();
    parallel(threads, count, [&, first](size_t from, size_t to) {
        for (size_t i = from; i < to; i++) {
            hash(0, &leaves[i * leaf_size], leaf_size, first + i * hash_size);
        }
    });
    while (count > 1) {
        const size_t pairs = count / 2, odd = count % 2;
        levels.emplace_back((pairs + odd) * hash_size);
        const uint8_t *below = levels[levels.size() - 2].data();
        uint8_t *above = levels.back().data();
        parallel(threads, pairs, [=](size_t from, size_t to) {
            for (size_t i = from; i < to; i++) {
                hash(1, below + i * 2 * hash_size, 2 * hash_size, above + i * hash_size);
            }
        });
        if (odd) {
            std::memcpy(above + pairs * hash_size, below + pairs * 2 * hash_size, hash_size);
        }
        count = pairs + odd;
    }
    return levels;
}

void measure(
    const std::string &id, const std::string &data, const std::string &peer, int threads,
    int samples) {
    const std::string name = "ledger.merkle.";
    if (id.rfind(name, 0) != 0) { return; }
    char *unit;
    double count = std::strtod(id.c_str() + name.size(), &unit);
    count *= std::strcmp(unit, "m") == 0 ? 1e6 : std::strcmp(unit, "k") == 0 ? 1e3 : 1;
    std::vector<uint8_t> leaves(std::lround(count) * leaf_size);
    const std::string path = data + "/ledger_leaves_u8.bin";
    FILE *file = std::fopen(path.c_str(), "rb");
    if (!file || std::fread(leaves.data(), 1, leaves.size(), file) != leaves.size()) {
        std::fprintf(stderr, "cannot read %zu bytes of %s\n", leaves.size(), path.c_str());
        std::exit(1);
    }
    std::fclose(file);
    std::vector<std::vector<uint8_t>> levels;
    const auto work = [&] { levels = tree(leaves, threads); };
    // The plan of PeerBench: two repetitions and 0.15 s of warm-up, then samples of 20 ms at least.
    const double start = now();
    double fastest = HUGE_VAL;
    for (int calls = 0; calls < 2 || now() - start < 0.15; calls++) {
        const double before = now();
        work();
        fastest = std::min(fastest, now() - before);
    }
    const int inner = std::max(1, static_cast<int>(std::ceil(0.02 / fastest)));
    std::printf(
        "{\"id\": \"%s\", \"peer\": \"%s\", \"threads\": %d, \"times_s\": [", id.c_str(),
        peer.c_str(), threads);
    for (int i = 0; i < samples; i++) {
        const double before = now();
        for (int k = 0; k < inner; k++) { work(); }
        std::printf("%s%.9g", i ? ", " : "", (now() - before) / inner);
    }
    double bits = 0;
    for (int i = 0; i < 6; i++) { bits = bits * 256 + levels.back()[i]; }
    std::printf(
        "], \"quality\": {\"check\": %.15g}, \"blas\": \"%s\"}\n", bits, OPENSSL_VERSION_TEXT);
    std::fflush(stdout);
}

}  // namespace

int main(int count, char **arguments) {
    std::string data = "peerdata", ids, peer = "openssl";
    int threads = 2, samples = 7;
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string option = arguments[i], value = arguments[i + 1];
        if (option == "--data") { data = value; }
        if (option == "--ids") { ids = value; }
        if (option == "--peer") { peer = value; }
        if (option == "--threads") { threads = std::atoi(value.c_str()); }
        if (option == "--reps") { samples = std::atoi(value.c_str()); }
    }
    if (ids.empty() || threads < 1 || samples < 1) {
        std::fprintf(
            stderr, "merkle --ids ID,ID [--data DIR] [--peer NAME] [--threads N] [--reps N]\n");
        return 64;
    }
    for (size_t start = 0; start <= ids.size();) {
        const size_t end = std::min(ids.find(',', start), ids.size());
        measure(ids.substr(start, end - start), data, peer, threads, samples);
        start = end + 1;
    }
    return 0;
}
