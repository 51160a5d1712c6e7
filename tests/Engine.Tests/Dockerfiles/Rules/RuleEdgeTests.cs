namespace Plimsoll.Engine.Tests.Dockerfiles.Rules;

/// <summary>Where rules begin and end, besides what their pages show.</summary>
public sealed class RuleEdgeTests
{
    [Theory]
    [InlineData("untagged-base", "FROM scratch")]
    [InlineData("untagged-base", "FROM localhost:5000/x@sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("untagged-base", "FROM a:1 AS b\nFROM b")]
    [InlineData("latest-base", "FROM a:latest@sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("unpinned-base", "ARG I=a:1\nFROM $I")]
    [InlineData("unpinned-base", "ARG I\nFROM ${I:-a:1}")]
    [InlineData("unpinned-base", "ARG O=a:1\nARG I\nFROM ${I:-${O}}")]
    [InlineData("unpinned-base", "ARG TAG\nFROM debian:${TAG}")]
    [InlineData("unpinned-base", "ARG V\nFROM python:${V}-slim")]
    [InlineData("unpinned-base", "FROM a:1-$TARGETARCH")]
    [InlineData("unpinned-base", "ARG D=@sha256:0000000000000000000000000000000000000000000000000000000000000000\nFROM a:1$D")]
    [InlineData("argument-without-default", "FROM debian:${TAG:-13}")]
    [InlineData("argument-without-default", "FROM --platform=$BUILDPLATFORM a:1-$TARGETARCH")]
    [InlineData("unknown-stage", "FROM a:1\nCOPY --from=nginx:1 /a /b\nCOPY --from=registry/x /a /b")]
    [InlineData("unknown-stage", "FROM a:1 AS x\nFROM b:1\nCOPY --from=X /a /b\nRUN --mount=from=0,target=/m c")]
    [InlineData("shadowed-stage", "FROM node:24 AS node\nFROM node")]
    [InlineData("unused-stage", "FROM a:1 AS test\nRUN x\nFROM b:1")]
    [InlineData("root-user", "FROM gcr.io/distroless/static:nonroot\nCMD [\"/a\"]")]
    [InlineData("root-user", "FROM scratch\nCOPY --chmod=0644 out /out")]
    [InlineData("root-user", "FROM a:1 AS base\nUSER 1\nFROM base\nCMD [\"/a\"]")]
    [InlineData("root-user", "FROM a:1\nENTRYPOINT [\"gosu\", \"app\", \"/a\"]")]
    [InlineData("root-user", "FROM a:1\nUSER root\nRUN x\nUSER $APP_UID")]
    [InlineData("named-user", "FROM a:1\nUSER 1000:app")]
    [InlineData("named-user", "FROM a:1\nUSER $UID")]
    [InlineData("missing-healthcheck", "FROM a:1\nCMD [\"job\"]")]
    [InlineData("useless-healthcheck", "FROM a:1\nHEALTHCHECK --interval=1m30s --timeout=10s CMD curl -f x || exit 1")]
    [InlineData("unreachable-healthcheck-tool", "FROM debian:13\nRUN apt-get install -y curl\nHEALTHCHECK CMD curl x")]
    [InlineData("unreachable-healthcheck-tool", "FROM alpine:3\nHEALTHCHECK CMD wget -q x")]
    [InlineData("unreachable-healthcheck-tool", "FROM own/base:1\nHEALTHCHECK CMD curl x")]
    [InlineData("shell-form", "FROM a:1\nCMD exec app $X")]
    [InlineData("shell-form", "FROM a:1\nSHELL [\"powershell\", \"-Command\"]\nCMD Start-App")]
    [InlineData("malformed-exec-form", "FROM a:1\nRUN [ -f x ] && y\nRUN [ \"$A\" = \"b\" ]\nRUN [[ 'a' == 'b' ]]\nCMD [ -f x ] && exec y")]
    [InlineData("unexpanded-variable", "FROM a:1\nCMD [\"sh\", \"-c\", \"echo $A\"]")]
    [InlineData("unexpanded-variable", "FROM a:1\nCMD [\"price\", \"5$\", \"\\\\$A\"]")]
    [InlineData("ignored-command", "FROM a:1\nENTRYPOINT [\"/docker-entrypoint.sh\"]\nCMD a b")]
    [InlineData("ignored-command", "FROM a:1 AS x\nCMD a\nFROM x\nENTRYPOINT [\"/a\"]")]
    [InlineData("package-runner-start", "FROM a:1\nCMD [\"npm\", \"--version\"]")]
    [InlineData("background-start", "FROM a:1\nCMD a && exec b")]
    [InlineData("invalid-stopsignal", "FROM a:1\nSTOPSIGNAL SIGRTMIN+3\nSTOPSIGNAL 15\nSTOPSIGNAL $S\nSTOPSIGNAL term")]
    [InlineData("broken-expose", "FROM a:1\nEXPOSE 8080/TCP 1-65535 $PORT ${A}/udp")]
    [InlineData("privileged-port", "FROM a:1\nEXPOSE 1024 $PORT")]
    [InlineData("repeated-cmd", "FROM a:1 AS x\nCMD [\"a\"]\nFROM x\nCMD [\"b\"]")]
    [InlineData("add-for-files", "FROM a:1\nADD https://x/y /y\nADD root.tar.xz /\nADD git@github.com:x/y.git /z\nADD $FILE /f")]
    [InlineData("unverified-download", "FROM a:1\nADD https://github.com/x/y.git#v1 /y")]
    [InlineData("copied-credentials", "FROM a:1 AS b\nCOPY .npmrc .\nFROM c:1\nCOPY .env.example my.env.sample ./\nCOPY --from=b .env /x")]
    [InlineData("copied-credentials", "FROM a:1\nCOPY package.json .yarnrc.yml ./")]
    [InlineData("copy-into-folder", "FROM a:1\nCOPY a b ./\nCOPY a b .\nCOPY a b $DIR\nCOPY [\"a\", \"b\", \"/c/\"]")]
    [InlineData("relative-copy", "FROM a:1 AS b\nWORKDIR /x\nFROM b\nCOPY a b/\nCOPY a $X\nCOPY a C:\\\\x")]
    [InlineData("source-before-dependencies", "FROM a:1\nCOPY . .\nRUN npm install -g tool\nRUN pip install .\nRUN npm run build")]
    [InlineData("source-before-dependencies", "FROM a:1 AS deps\nCOPY package.json .\nFROM deps\nCOPY . .\nRUN npm ci")]
    [InlineData("source-before-dependencies", "FROM a:1\nCOPY src/x.csproj src/\nRUN dotnet restore src\nCOPY . .\nRUN dotnet restore")]
    [InlineData("late-owner", "FROM a:1\nCOPY x /srv/x\nRUN mkdir /data && chown 1 /data\nRUN chown 1 /srv")]
    [InlineData("late-owner", "FROM a:1 AS b\nCOPY x /x\nRUN chmod +x /x\nFROM c:1\nCOPY --from=b /x /x")]
    [InlineData("late-removal", "FROM a:1\nCOPY root /\nRUN rm -rf /var/lib/apt/lists/*\nRUN curl -o /tmp/x u && rm /tmp/x")]
    [InlineData("late-removal", "FROM a:1\nCOPY tool /usr/local/bin/\nRUN rm /usr/local/bin/other")]
    [InlineData("lost-in-volume", "FROM a:1\nRUN mkdir /data\nVOLUME [\"/data\"]\nRUN mkdir /database")]
    [InlineData("sudo", "FROM a:1\nRUN echo sudo && apt-get install -y sudo")]
    [InlineData("pointless-command", "FROM a:1\nRUN systemctl enable x && apt-get install -y vim")]
    [InlineData("lost-state", "FROM a:1\nRUN cd /x && make\nRUN cd /x > /dev/null\nRUN export A=1 && make")]
    [InlineData("pipefail", "FROM a:1\nRUN a || b\nRUN case $x in a|b) c ;; d|e) f ;; esac\nRUN echo 'a | b' \"c | d\" a\\|b\nRUN set -o pipefail && a | b\nRUN [\"a\", \"|\"]\nRUN a >| b")]
    [InlineData("pipefail", "FROM a:1 AS x\nSHELL [\"/bin/ash\", \"-eo\", \"pipefail\", \"-c\"]\nFROM x\nRUN a | b")]
    [InlineData("pipefail", "FROM a:1\nRUN <<E\n#!/usr/bin/env python3\nprint(1 | 2)\nE")]
    [InlineData("unchecked-script", "FROM a:1\nRUN <<E\na &&\nb\nE\nRUN <<E\nset -eu\na\nb\nE\nRUN <<E bash -e\na\nb\nE\nRUN <<E\na\nE")]
    [InlineData("secret-in-variable", "FROM a:1\nARG TOKEN\nENV TOKEN_FILE=/run/secrets/token API_KEY=$KEY DB_PASSWORD=")]
    [InlineData("secret-argument", "FROM a:1\nARG TOKEN_URL\nARG KEY_ID=3\nARG PASSWORD_FILE")]
    [InlineData("undeclared-argument", "ARG NODE_VERSION=1\nFROM node:$NODE_VERSION\nRUN echo $NODE_VERSION")]
    [InlineData("undeclared-argument", "ARG V=1\nFROM a:1\nRUN V=2; echo $V\nRUN echo '$V' \\$V ${V:-3}\nRUN for V in 1 2; do echo $V; done")]
    [InlineData("undeclared-argument", "ARG V=1\nFROM a:1 AS x\nARG V\nFROM x\nRUN echo $V $PATH $HOME")]
    [InlineData("unused-argument", "ARG HTTP_PROXY\nFROM a:1\nARG DEBIAN_FRONTEND=x\nRUN y\nARG Z\nLABEL z=$Z")]
    [InlineData("early-argument", "FROM a:1\nARG GIT_SHA\nRUN make SHA=$GIT_SHA\nRUN x")]
    [InlineData("self-reference", "FROM a:1\nENV PATH=/x:$PATH X=$PATH\nENV A=1\nENV A=2 B=$A")]
    [InlineData("keyword-case", "from a:1 as b\nrun x")]
    [InlineData("onbuild", "FROM a:1\nONBUILD RUN x")]
    [InlineData("host-network", "FROM a:1\nRUN --network=none x")]
    [InlineData("constant-platform", "ARG P\nFROM --platform=$TARGETPLATFORM a:1")]
    [InlineData("consecutive-runs", "FROM a:1\nRUN a\nRUN b\nCOPY x /y\nRUN c")]
    [InlineData("source-before-dependencies", "FROM a:1\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-install-project\nCOPY . .\nRUN uv sync --frozen")]
    public void Nothing_is_said_of_what_is_well(string rule, string text) => Assert.Empty(Advices.Places(text, rule));

    [Theory]
    [InlineData("untagged-base", "FROM localhost:5000/x", "1:6-1:22")]
    [InlineData("unpinned-base", "ARG V=3.13\nFROM python:${V}-slim", "2:6-2:22")]
    [InlineData("unpinned-base", "ARG FROM=mirror.example\nFROM $FROM/python:3.13", "2:6-2:23")]
    [InlineData("unknown-stage", "FROM a:1\nCOPY --from=nope /a /b\nRUN --mount=from=none,target=/x y", "2:13-2:17 3:5-3:12")]
    [InlineData("unknown-stage", "FROM a:1\nCOPY --from=7 /a /b", "2:13-2:14")]
    [InlineData("shadowed-stage", "FROM later\nFROM x:1 AS later", "2:13-2:18")]
    [InlineData("shadowed-stage", "FROM a:1 AS Context", "1:13-1:20")]
    [InlineData("unused-stage", "FROM a:1\nRUN x\nFROM b:1", "1:6-1:9")]
    [InlineData("root-user", "FROM a:1\nUSER 0:0", "2:6-2:9")]
    [InlineData("useless-healthcheck", "FROM a:1\nHEALTHCHECK --interval=2h CMD x\nHEALTHCHECK NONE", "2:27-2:32 3:13-3:17")]
    [InlineData("unreachable-healthcheck-tool", "FROM scratch\nHEALTHCHECK CMD [\"/bin/wget\", \"x\"]", "2:24-2:28")]
    [InlineData("malformed-exec-form", "FROM a:1\nRUN ['a', 'b']\nCMD [“a”, “b”]\nENTRYPOINT [\"a\" \"b\"]\nHEALTHCHECK CMD ['x']", "2:5-2:15 3:5-3:15 4:12-4:21 5:17-5:22")]
    [InlineData("unexpanded-variable", "FROM a:1\nRUN [\"echo\", \"${HOME}\"]", "2:15-2:22")]
    [InlineData("ignored-command", "FROM a:1\nENTRYPOINT a\nCMD [\"b\"]", "3:5-3:10")]
    [InlineData("shell-in-front", "FROM a:1\nCMD [\"/bin/bash\", \"-lc\", \"a b\"]", "2:7-2:16")]
    [InlineData("package-runner-start", "FROM a:1\nCMD yarn run serve", "2:5-2:19")]
    [InlineData("background-start", "FROM a:1\nCMD [\"sh\", \"-c\", \"a &\"]", "2:5-2:24")]
    [InlineData("invalid-stopsignal", "FROM a:1\nSTOPSIGNAL SIGTREM\nSTOPSIGNAL 65\nSTOPSIGNAL 9", "2:12-2:19 3:12-3:14 4:12-4:13")]
    [InlineData("broken-expose", "FROM a:1\nEXPOSE 0 8080:80 90-80 80/http x 99999999999", "2:8-2:9 2:10-2:17 2:18-2:23 2:24-2:31 2:32-2:33 2:34-2:45")]
    [InlineData("late-owner", "FROM a:1\nWORKDIR /srv\nCOPY app app\nRUN a && chmod +x ./app/run", "4:10-4:15")]
    [InlineData("late-owner", "FROM a:1\nCOPY app /srv/app\nRUN chown -R 1 /srv", "3:5-3:10")]
    [InlineData("late-removal", "FROM a:1\nRUN curl -fo /tmp/x.tgz u\nRUN rm -f /tmp/x.tgz", "3:11-3:21")]
    [InlineData("lost-state", "FROM a:1\nRUN make && cd /x\nRUN export A=1", "2:13-2:15 3:5-3:11")]
    [InlineData("pipefail", "FROM a:1\nRUN case $x in a|b) c | d ;; esac\nRUN <<E\nset -e\n  a | b\nE", "2:23-2:24 5:5-5:6")]
    [InlineData("secret-in-variable", "FROM a:1\nRUN curl -H 'Authorization: token ghp_0123456789abcdefABCDEF0123456789abcd' u", "2:1-2:4")]
    [InlineData("undeclared-argument", "ARG V=1\nFROM a:1\nCOPY $V /x\nENV A=${V} B=$TARGETARCH\nARG V", "3:6-3:8 4:7-4:11 4:14-4:25")]
    [InlineData("unused-argument", "ARG A\nFROM a:1\nRUN x\nARG B C=1\nENV D=$C", "1:5-1:6 4:5-4:6")]
    [InlineData("keyword-case", "FROM a:1\ncopy x /y\nrun \\\n x", "2:1-2:5 3:1-3:4")]
    [InlineData("source-before-dependencies", "FROM a:1\nCOPY . .\nRUN cd app && python3 -m pip install -r requirements.txt", "3:15-3:22")]
    [InlineData("source-before-dependencies", "FROM a:1\nCOPY . .\nRUN uv sync --frozen", "3:5-3:7")]
    public void What_is_wrong_is_said_at_its_place(string rule, string text, string places) => Assert.Equal(places, string.Join(' ', Advices.Places(text, rule)));

    [Fact]
    public void A_secret_is_never_shown()
    {
        const string Value = "q8Zt1vX0mB4nR7sLw2Ky";
        var review = Advices.Review($"FROM a:1\nENV API_TOKEN {Value}\nARG DB_PASSWORD=\"{Value}x y\" \\\n  OTHER=1\nLABEL token={Value}\nRUN login --token {Value}\nCMD login --token {Value}\n");
        Assert.Equal(5, review.Advices.Count(advice => advice.Rule.Id == "secret-in-variable"));
        Assert.All(review.Advices, advice => Assert.DoesNotContain("Zt1vX0", $"{advice.Remark.Text} {advice.Remedy} {review.Shown(advice.Remark)} {string.Concat(advice.Remark.Fix.Select(edit => edit.Text))}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_long_file_is_gone_through_once()
    {
        // Whatever a rule did for each line with all of the others would take minutes here.
        var lines = Enumerable.Range(0, 20_000).SelectMany(i => new[] { $"ARG A{i}=1", $"COPY --from=a f{i} /d/{i}", $"RUN chmod 1 /d/{i} && echo $A{i} | b", "CMD a b", $"ENV B{i}=$A{i}" });
        var review = Advices.Review($"FROM a:1 AS a\nFROM b:1\n{string.Join('\n', lines.Take(90_000))}\n");
        Assert.Equal(17_999, review.Advices.Count(advice => advice.Rule.Id == "repeated-cmd"));
        var stages = string.Concat(Enumerable.Range(0, 1000).Select(i => $"FROM {(i == 0 ? "a:1" : $"s{i - 1}")} AS s{i}\nCMD a\nENV E{i}=$E{i - 1}\nCOPY --from=s{i / 2} x /y\n")).Replace("COPY --from=s0 x /y\n", "", StringComparison.Ordinal);
        Assert.Equal(1000, Advices.Review(stages).Advices.Count(advice => advice.Rule.Id == "shell-form"));
    }
}
