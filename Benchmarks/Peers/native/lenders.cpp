// SPDX-License-Identifier: Apache-2.0
//
// `behav.cpt_alloc` in C++ with OpenMP, a lender at a time: 41 steps of the share of wealth, then the
// golden section around the best. Built by Scripts/bench.sh:
//
//     c++ -std=c++17 -O3 -march=native -ffast-math -fopenmp lenders.cpp
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include <omp.h>
#include <sched.h>

namespace {

constexpr int outcome_count = 6;
constexpr std::array<double, 5> severities{1, 0.75, 0.5, 0.3, 0.1};
constexpr std::array<double, 5> severity_probabilities{0.15, 0.25, 0.3, 0.2, 0.1};
constexpr double risk_free = 0.02;

double weight(double p, double gamma) {
    const double up = std::pow(p, gamma), down = std::pow(1 - p, gamma);
    return up / std::pow(up + down, 1 / gamma);
}

// A row of the input: two exponents, loss aversion, two gammas, probability of default, rate,
// reference.
class Lender {
  public:
    explicit Lender(const double *row)
        : gain_exponent(row[0]), loss_exponent(row[1]), aversion(row[2]), reference(row[7]) {
        std::array<double, outcome_count> probabilities;
        for (int i = 0; i < 5; i++) {
            outcomes[i] = -severities[i];
            probabilities[i] = row[5] * severity_probabilities[i];
        }
        outcomes[5] = row[6];
        probabilities[5] = 1 - row[5];
        double below = 0, above = 0, weighed = 0;
        for (int i = 0; i < outcome_count; i++) {
            below = std::min(1.0, below + probabilities[i]);
            const double now = weight(below, row[4]);
            losses[i] = aversion * (now - weighed);
            weighed = now;
        }
        weighed = 0;
        for (int i = outcome_count - 1; i >= 0; i--) {
            above = std::min(1.0, above + probabilities[i]);
            const double now = weight(above, row[3]);
            gains[i] = now - weighed;
            weighed = now;
        }
    }

    double value(double share) const {
        double sum = 0;
        for (int i = 0; i < outcome_count; i++) {
            const double wealth = share * outcomes[i] + (1 - share) * risk_free - reference;
            sum += wealth >= 0 ? std::pow(wealth, gain_exponent) * gains[i]
                               : -std::pow(-wealth, loss_exponent) * losses[i];
        }
        return sum;
    }

    // The best share and its value.
    std::array<double, 2> best() const {
        int step = 0;
        double greatest = -HUGE_VAL;
        for (int i = 0; i <= 40; i++) {
            const double now = value(i / 40.0);
            if (now > greatest) { greatest = now, step = i; }
        }
        const double golden = (std::sqrt(5.0) - 1) / 2;
        double low = std::max(0, step - 1) / 40.0, high = std::min(40, step + 1) / 40.0;
        double left = high - golden * (high - low), right = low + golden * (high - low);
        double left_value = value(left), right_value = value(right);
        for (int i = 0; i < 25; i++) {
            if (left_value > right_value) {
                high = right, right = left, right_value = left_value;
                left = high - golden * (high - low), left_value = value(left);
            } else {
                low = left, left = right, left_value = right_value;
                right = low + golden * (high - low), right_value = value(right);
            }
        }
        const double share = (low + high) / 2, now = value(share);
        if (now < greatest) { return {step / 40.0, greatest}; }
        return {share, now};
    }

  private:
    double gain_exponent, loss_exponent, aversion, reference;
    std::array<double, outcome_count> outcomes, gains, losses;
};

double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

// One thread per core, as all peers; PEERS_PIN=0 leaves them to the system.
void pin(int threads) {
    const char *setting = std::getenv("PEERS_PIN");
    cpu_set_t allowed;
    if ((setting && std::strcmp(setting, "0") == 0)
        || sched_getaffinity(0, sizeof allowed, &allowed) != 0 || CPU_COUNT(&allowed) < threads) {
        return;
    }
    std::vector<int> cores;
    for (int core = 0; core < CPU_SETSIZE; core++) {
        if (CPU_ISSET(core, &allowed)) { cores.push_back(core); }
    }
#pragma omp parallel
    {
        cpu_set_t own;
        CPU_ZERO(&own);
        CPU_SET(cores[omp_get_thread_num()], &own);
        sched_setaffinity(0, sizeof own, &own);
    }
}

std::vector<double> read(const std::string &path, size_t count) {
    std::vector<double> values(count);
    FILE *file = std::fopen(path.c_str(), "rb");
    if (!file || std::fread(values.data(), sizeof(double), count, file) != count) {
        std::fprintf(stderr, "cannot read %zu elements of %s\n", count, path.c_str());
        std::exit(1);
    }
    std::fclose(file);
    return values;
}

void measure(
    const std::string &id, const std::string &data, const std::string &peer, int threads,
    int samples) {
    const std::string name = "behav.cpt_alloc.";
    if (id.rfind(name, 0) != 0) { return; }
    char *unit;
    const double thousands = std::strtod(id.c_str() + name.size(), &unit);
    if (thousands < 1 || std::strcmp(unit, "k") != 0) { return; }
    const std::ptrdiff_t count = std::lround(thousands * 1000);
    const auto rows = read(data + "/behav_params_f64.bin", count * 8);
    std::vector<std::array<double, 2>> best(count);
    const auto work = [&] {
#pragma omp parallel for schedule(static)
        for (std::ptrdiff_t i = 0; i < count; i++) { best[i] = Lender(&rows[i * 8]).best(); }
    };
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
    double share = 0, value = 0;
    for (const auto &one : best) { share += one[0], value += one[1]; }
    std::printf(
        "], \"quality\": {\"mean_share\": %.12g, \"mean_value\": %.12g, \"check\": %.12g}, "
        "\"blas\": \"C++, compiler %s, OpenMP\"}\n",
        share / count, value / count, value / count, __VERSION__);
    std::fflush(stdout);
}

}  // namespace

int main(int count, char **arguments) {
    std::string data = "peerdata", ids, peer = "c++";
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
            stderr, "lenders --ids ID,ID [--data DIR] [--peer NAME] [--threads N] [--reps N]\n");
        return 64;
    }
    omp_set_num_threads(threads);
    pin(threads);
    for (size_t start = 0; start <= ids.size();) {
        const size_t end = std::min(ids.find(',', start), ids.size());
        measure(ids.substr(start, end - start), data, peer, threads, samples);
        start = end + 1;
    }
    return 0;
}
