# Of eng/base-images: PostgreSQL and Redis out of Debian's packages, for clusters and engines that cannot pull the official images. They do what charts/plimsoll
# asks of those, as user 1000 and on a read-only root file system.

# What the packages need only to be installed, administered or described, and the compiler of queries, which PostgreSQL does without.
readonly left_out='^(adduser|debconf|debianutils|dpkg|init-system-helpers|libc-l10n|libgdbm.*|lib.*perl.*|libllvm.*|libsemanage.*|libz3-.*|locales|lsb-base|mawk|openssl|passwd|perl.*|postgresql-(client-)?common|readline-common|sensible-utils|ssl-cert|sysvinit-utils|tar|ucf|usrmerge)='

# ROOT PACKAGE…: the packages with all that they need, unpacked. None of their scripts runs.
unpack() {
  local root=$1 debs=$cache/servers packages package file
  shift
  mkdir -p "$debs" "$root/var/lib/dpkg/status.d"
  : > "$work/nothing-installed"
  apt-get -qs --no-install-recommends -o Dir::State::status="$work/nothing-installed" install "$@" > "$cache/servers.log" 2>&1 || { cat "$cache/servers.log" >&2; return 1; }
  mapfile -t packages < <(sed -n 's/^Inst \([^ ]*\) (\([^ ]*\) .*/\1=\2/p' "$cache/servers.log" | grep -vE "$left_out")
  # Those that are there already are not fetched again.
  (cd "$debs" && apt-get -q -o APT::Sandbox::User=root download "${packages[@]}" > "$cache/servers.log" 2>&1) || { cat "$cache/servers.log" >&2; return 1; }
  for package in "${packages[@]}"; do
    file=${package/=/_}
    file=$(echo "$debs/${file//:/%3a}"_*.deb)
    dpkg-deb -x "$file" "$root"
    { dpkg-deb -f "$file"; echo "Status: install ok installed"; } > "$root/var/lib/dpkg/status.d/${package%%=*}"
  done
  rm -rf "$root"/usr/share/{bash-completion,base-files,bug,doc,info,lintian,locale,man} "$root"/usr/lib/x86_64-linux-gnu/gconv "$root"/lib/systemd "$root"/etc/{cron.*,default,init.d,logrotate.d,redis} \
    "$root"/usr/share/zoneinfo/{localtime,right}
  mkdir -p "$root"/{dev,proc,sys,tmp,data,etc/redis}
  chmod 1777 "$root/tmp"
  printf 'root:x:0:0:root:/root:/bin/false\nserver:x:1000:1000::/data:/bin/false\n' > "$root/etc/passwd"
  printf 'root:x:0:\nserver:x:1000:\n' > "$root/etc/group"
}

# PACKAGE: its version as its authors count.
upstream() {
  apt-cache show --no-all-versions "$1" | sed -n 's/^Version: \([0-9]*:\)\{0,1\}\([0-9.]*\).*/\2/p'
}

postgres() {
  local root=$work/postgres package major tag imported
  package=$(apt-cache depends postgresql | sed -n 's/.*Depends: \(postgresql-[0-9]*\)$/\1/p')
  major=${package#postgresql-}
  tag=plimsoll-stand-in/postgres:$(upstream "$package")
  unpack "$root" base-files coreutils dash libc-bin sed tzdata "$package"
  rm -rf "$root/usr/lib/postgresql/$major/lib/"{bitcode,llvmjit*,pgxs}
  sed -i "s/^#listen_addresses = .*/listen_addresses = '*'/" "$root/usr/share/postgresql/$major/postgresql.conf.sample"
  install -m 755 eng/base/postgres-entrypoint "$root/usr/bin/postgres-entrypoint"
  install -d -o 1000 -g 1000 "$root/var/lib/postgresql/data"
  install -d -m 1777 "$root/var/run/postgresql"
  import "$root" "$tag" "ENV PATH=/usr/lib/postgresql/$major/bin:/usr/bin:/bin PGDATA=/var/lib/postgresql/data LANG=C.UTF-8" 'USER 1000:1000' 'EXPOSE 5432' 'ENTRYPOINT ["postgres-entrypoint"]' 'CMD ["postgres"]' > /dev/null
  # The signal at which it waits for no client. "docker import" cannot say it.
  imported=$("$docker" images --quiet --no-trunc "$tag")
  DOCKER_BUILDKIT=1 "$docker" build --quiet --tag "$tag" - <<< "FROM $tag"$'\nSTOPSIGNAL SIGINT' > /dev/null
  "$docker" image rm "$imported" > /dev/null
  echo "$tag"
}

redis() {
  local root=$work/redis
  unpack "$root" base-files redis-server tzdata
  chown 1000:1000 "$root/data"
  import "$root" "plimsoll-stand-in/redis:$(upstream redis-server)" 'ENV PATH=/usr/bin' 'USER 1000:1000' 'WORKDIR /data' 'EXPOSE 6379' 'CMD ["redis-server"]'
}
