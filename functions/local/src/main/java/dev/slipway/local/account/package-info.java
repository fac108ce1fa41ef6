/** The emulated AWS account of this machine: its Python environments, its process, and deploying into it. */
@NullMarked
package dev.slipway.local.account;

import org.jspecify.annotations.NullMarked;
