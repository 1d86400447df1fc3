// SPDX-License-Identifier: Apache-2.0

extension ConsensusCore {
    /// Begins a view, unless it has begun.
    ///
    /// Its time-out grows with the views since the last final block, not only with those that
    /// passed without a block: where messages take two thirds of a time-out, every view ends with a
    /// notarized block that all banks have let pass. The view just before may still become final.
    mutating func enter(_ next: UInt64) {
        guard next > view else { return }
        view = next
        let open = next - 1 - head.view
        let isPending = views[next - 1]?.notarizations.isEmpty == false
        skips = isPending && open > 0 ? open - 1 : open
        startTimer()
    }

    mutating func startTimer() {
        let growing = broken.contains(.constantTimeOuts) ? 0 : skips
        deadline = now.addingSaturated(settings.timing.timeOut(afterSkips: growing))
        effects.append(.setTimer(deadline))
    }

    /// Lets the view pass, and says again what others may have missed.
    mutating func timeOut() {
        nullifyView()
        effects.append(.broadcast(.status(status(isReply: false))))
        for (view, hash) in wanted.sorted(by: { $0.key < $1.key }) {
            effects.append(.broadcast(request(view, hash)))
        }
        startTimer()
        if broken.contains(.leaveViewOnTimeOut) { enter(view + 1) }
    }

    mutating func nullifyView() {
        if broken.contains(.nullifyAfterFinalize), view > head.view + 1 {
            cast(.nullify(epoch: configuration.epoch, view: view - 1))
        }
        let hasNullified =
            safety.epoch == configuration.epoch && safety.view == view && safety.hasNullified
        if !hasNullified { cast(.nullify(epoch: configuration.epoch, view: view)) }
    }

    func request(_ view: UInt64, _ hash: LedgerDigest) -> ConsensusMessage {
        .blockRequest(view: view, hash: hash, epoch: configuration.epoch, height: head.height)
    }

    /// Where the node stands.
    func status(isReply: Bool) -> ConsensusStatus {
        var block: ConsensusBlock?
        var notarization: ViewCertificate?
        var nullifications: [ViewCertificate] = []
        var votes: [ViewVote] = []
        if !broken.contains(.neverForward) {
            var number = view
            while number > head.view + 1, notarization == nil {
                number -= 1
                guard let state = views[number] else { continue }
                for certificate in state.notarizations where notarization == nil {
                    if let known = state.block(certificate.statement.digest) {
                        block = known.block
                        notarization = certificate
                    }
                }
                if notarization == nil, let nullification = state.nullification {
                    nullifications.append(nullification)
                }
            }
            for number in [safety.view, view] where safety.epoch == configuration.epoch {
                for role in [ConsensusStatement.Role.notarize, .nullify, .finalize] {
                    votes += (views[number]?.votes(role) ?? []).filter { $0.voter == voterIndex }
                }
                if safety.view == view { break }
            }
        }
        return ConsensusStatus(
            epoch: configuration.epoch, view: view, height: head.height, block: block,
            notarization: notarization, nullifications: nullifications.reversed(), votes: votes,
            isReply: isReply)
    }
}
