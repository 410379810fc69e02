/// How commands print: tables, JSON, and one sentence for each failure.
@NullMarked
package dev.podium.desktop.cli.text;

import org.jspecify.annotations.NullMarked;
