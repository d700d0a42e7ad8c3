/** What the Kubernetes manifests must say. */
@NullMarked
package io.trekpoint.system.deploy;

import org.jspecify.annotations.NullMarked;
