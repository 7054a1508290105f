package io.linkwright.agent.tunnel;

import io.linkwright.domain.id.LinkId;
import io.linkwright.edgeprotocol.RenewalReason;

/**
 * A link whose newest keys this edge must not go on with.
 *
 * @param keyVersion of these keys
 */
public record WornKeys(LinkId link, int keyVersion, RenewalReason reason) {}
