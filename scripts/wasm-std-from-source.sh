#!/usr/bin/env bash
# Builds Rust's library for WebAssembly (the target wasm32-unknown-unknown) from Debian's package of
# Rust's source, for machines where rustup cannot download it: only the registries of Debian and Cargo
# are asked. Takes a minute or two, and no time when the target is there already.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

TARGET=wasm32-unknown-unknown
# Debian's stable suites stay with one Rust; this one follows Rust's releases and keeps some older ones.
SUITE=trixie-backports
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

need() { command -v "$1" >/dev/null || die "$1 is missing: $2"; }
need rustc "install Rust with rustup"
need cargo "install Rust with rustup"

sysroot=$(rustc --print sysroot)
release=$(rustc --version --verbose | sed -n 's/^release: //p')
commit=$(rustc --version --verbose | sed -n 's/^commit-hash: //p')
rustlib=$sysroot/lib/rustlib
source_link=$rustlib/src/rust

# Everything temporary is below this folder (the logs of lib.sh too), but for what clean_up names beside it.
work=$(mktemp -d)
export TMPDIR=$work
staged=
linked=
clean_up() {
  rm -rf "$work" ${staged:+"$staged"}
  # The toolchain is left as rustup would leave it: a source that rustup does not know of would be in the
  # way of its own, and would still be the old one after an update of Rust.
  if [ -n "$linked" ]; then
    rm -f "$source_link"
    rmdir --ignore-fail-on-non-empty "$rustlib/src"
  fi
}
trap clean_up EXIT

# Files may be there and yet be of another Rust (after an update), so the compiler is asked.
target_works() {
  rustc --target "$TARGET" --crate-type lib --crate-name probe --emit metadata --out-dir "$work" - </dev/null
}
if target_works 2>/dev/null; then
  say "✓ $TARGET is there for Rust $release"
  exit
fi

need cc "install a C compiler (Debian: apt-get install gcc), Rust needs it to link std's build scripts"
# Found by writing: the permissions say nothing about a file system that is read-only.
staged=$(mktemp -d "$rustlib/.$TARGET.XXXXXX" 2>/dev/null) ||
  die "$rustlib cannot be written to: run this as the user who owns it, or install a Rust of your own with rustup"

# apt-get with lists, cache and sources of our own: it needs no root, and the system's stay as they are.
# The system's settings hold (a proxy, for one), but for the commands that it runs after an update.
private_apt() {
  mkdir -p "$work"/apt/{lists/partial,cache/archives/partial} &&
    # As root, apt fetches as a user of its own, who has to get in here.
    chmod 755 "$work" &&
    cat >"$work/apt/apt.conf" <<APT
#clear APT::Update;
Acquire::Retries "3";
Dir::State "$work/apt";
Dir::State::lists "$work/apt/lists";
Dir::Cache "$work/apt/cache";
Dir::Etc::sourcelist "$work/apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
APT
}

# The machine's own mirror is asked, by whatever address it has. Which of its repositories has the suite
# is known only by asking: one that has not says so at once.
find_versions() {
  local repository options="target=Packages"
  private_apt || return
  # Named where it is there, because newer Debians trust no key for every repository.
  [ ! -e "$KEYRING" ] || options+=" signed-by=$KEYRING"
  # Without --no-release-info, a machine that never ran apt-get update (a fresh container) lists nothing.
  for repository in $(apt-get indextargets --no-release-info --format '$(REPO_URI)' | sort -u); do
    echo "deb [$options] $repository $SUITE main" >"$work/apt/sources.list"
    apt-get -c="$work/apt/apt.conf" update || true
    apt-cache -c="$work/apt/apt.conf" madison rust-src | awk '{ print $3 }' >"$work/versions"
    [ ! -s "$work/versions" ] || return 0
  done
  echo "No repository of this machine's apt sources was reached and has rust-src in $SUITE." \
    "Add a Debian mirror to them, or run 'rustup target add $TARGET' where rustup can download."
  return 1
}

# A link, because the source is only passing through: it is 430 MB with the compiler's, and std needs 68.
unpack_source() {
  (cd "$work" && apt-get -c="$work/apt/apt.conf" download "rust-src=$version") &&
    dpkg -x "$work"/rust-src_*.deb "$work/package" &&
    mkdir -p "$rustlib/src" &&
    linked=yes &&
    ln -sfn "$work/package/usr/src/rustc-$release" "$source_link" &&
    test -e "$source_link/library/Cargo.lock"
}

# build-std builds std as the dependency of some crate, so there is an empty one. RUSTC_BOOTSTRAP opens -Z
# to a stable compiler.
build_std() {
  local flags=(
    # Without it, a crate with lto = true does not link.
    -Cembed-bitcode=yes
    # Panic messages carry the source's path into every module: the same names as in rustup's std, and
    # none of this machine's folders.
    --remap-path-prefix="$source_link=/rustc/$commit"
    --remap-path-prefix="${CARGO_HOME:-$HOME/.cargo}/registry/src=/rust/deps"
  )
  mkdir -p "$work/scratch/src" && touch "$work/scratch/src/lib.rs" &&
    printf '[package]\nname = "scratch"\nedition = "2021"\n' >"$work/scratch/Cargo.toml" &&
    # Encoded: separated by a character that no path has, where RUSTFLAGS would break at spaces.
    CARGO_ENCODED_RUSTFLAGS=$(IFS=$'\x1f'; echo "${flags[*]}") RUSTC_BOOTSTRAP=1 \
      CARGO_TARGET_DIR="$work/target" CARGO_BUILD_BUILD_DIR="$work/target" \
      cargo build --release --manifest-path "$work/scratch/Cargo.toml" \
      -Z build-std=std,panic_abort,panic_unwind,test --target "$TARGET"
}

# The folder is filled beside its place and then moved there, so that it is never there in part.
install_std() {
  local library
  for library in "$work/target/$TARGET"/release/deps/*.rlib; do
    [[ $library == */libscratch-* ]] || cp "$library" "$staged/" || return
  done
  chmod 755 "$staged" &&
    mkdir -p "$rustlib/$TARGET" &&
    rm -rf "${rustlib:?}/$TARGET/lib" &&
    mv "$staged" "$rustlib/$TARGET/lib" &&
    target_works &&
    # What was built with another std does not link with this one, and Cargo does not notice.
    rm -rf "${CARGO_TARGET_DIR:-target}/$TARGET"
}

# A source that is there came with the toolchain (rustup's component rust-src), so it is the right one.
if [ ! -e "$source_link" ]; then
  need apt-get "this is not Debian, so run 'rustup target add $TARGET' where rustup can download"
  need dpkg "install it, it unpacks Debian's packages"
  step "versions of rust-src in $SUITE" "std has to be of the compiler's own version, $release" find_versions
  version=$(awk -v release="$release" 'index($0, release "+") == 1 || index($0, release "-") == 1' "$work/versions" | head -n 1)
  [ -n "$version" ] ||
    die "$SUITE has no rust-src $release, only $(sed 's/[+-].*//' "$work/versions" | paste -sd ' '): use one of these versions of Rust, or run 'rustup target add $TARGET' where rustup can download"
  step "rust-src $version" "std's source, a download of 45 MB" unpack_source
fi
step "std for $TARGET" "a minute or two" build_std
step "install std" "into $rustlib/$TARGET" install_std
say "✓ $TARGET is built for Rust $release in $SECONDS s"
