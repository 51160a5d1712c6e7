using System.Text;
using Plimsoll.Engine.Dockerfiles;
using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Tests.Dockerfiles;

public sealed class StepReaderTests
{
    static BuildStep Read(string text) => new StepReader('\\').Read(DockerfileReader.Read(Encoding.UTF8.GetBytes(text)).File!.Instructions.Single());

    static string Words(IEnumerable<PlacedText> words) => string.Join('|', words);

    static string Told(StepCommand command) => command.IsShellForm ? $"shell {command.Script}" : $"exec {Words(command.Words!)}";

    static string Told(BuildStep step) => step switch
    {
        FromStep from => $"{from.Image} {from.Name?.Text ?? "-"} {from.Platform ?? "-"}",
        ArgStep arg => string.Join('|', arg.Values.Select(one => $"{one.Name}:{one.Value?.Text ?? "-"}")),
        EnvStep env => $"{string.Join('|', env.Values.Select(one => $"{one.Name}:{one.Value}"))}{(env.IsOld ? " old" : "")}",
        LabelStep label => $"{string.Join('|', label.Values.Select(one => $"{one.Name}:{one.Value}"))}{(label.IsOld ? " old" : "")}",
        RunStep run => $"{Told(run.Command)}{string.Concat(run.Mounts.Select(mount => $" {mount.Kind}:{mount.Source}>{mount.Target}"))} {run.Network ?? "-"} {run.Security ?? "-"}",
        CmdStep cmd => Told(cmd.Command),
        EntrypointStep entrypoint => Told(entrypoint.Command),
        ShellStep shell => Words(shell.Words),
        HealthcheckStep { Command: null } => "none",
        HealthcheckStep health => Told(health.Command!),
        CopyStep copy => $"{Words(copy.Sources)} > {copy.Destination} from={copy.From?.Text ?? "-"} chown={copy.Chown ?? "-"} chmod={copy.Chmod ?? "-"} link={copy.Links} parents={copy.KeepsParents} without={string.Join('|', copy.Excludes)}",
        TextStep text => text.Value.Text,
        ListStep list => Words(list.Values),
        OnBuildStep on => $"{on.Step.Source.Name}: {Told(on.Step)}",
        _ => throw new NotSupportedException(),
    };

    [Theory]
    [InlineData("FROM debian:12", "debian:12 - -")]
    [InlineData("from --platform=$BUILDPLATFORM golang:1.25 As Build", "golang:1.25 Build $BUILDPLATFORM")]
    [InlineData("ARG A B= C=\"x y\" D=1", "A:-|B:|C:\"x y\"|D:1")]
    [InlineData("ENV A=1 B='x y' C=a\\ b", "A:1|B:'x y'|C:a\\ b")]
    [InlineData("ENV NAME a value = this", "NAME:a value = this old")]
    [InlineData("LABEL \"a b\"=c d=", "\"a b\":c|d:")]
    [InlineData("RUN make all", "shell make all - -")]
    [InlineData("RUN [\"make\", \"a\\\"b\"]", "exec make|a\"b - -")]
    [InlineData("RUN [ -f x ] && y", "shell [ -f x ] && y - -")]
    [InlineData("RUN --mount=type=cache,target=/root/.cache --mount=source=.,dst=/src --network=none x", "shell x cache:>/root/.cache bind:.>/src none -")]
    [InlineData("RUN --mount=type=secret,\\\"id=a,b\\\",required x", "shell x secret:> - -")]
    [InlineData("RUN <<EOF\na\nb\nEOF", "shell a\nb\n - -")]
    [InlineData("RUN <<EOF sh -x\na\nEOF", "shell <<EOF sh -x - -")]
    [InlineData("CMD app --serve", "shell app --serve")]
    [InlineData("CMD [\"app\"]", "exec app")]
    [InlineData("ENTRYPOINT []", "exec ")]
    [InlineData("SHELL [\"/bin/bash\", \"-c\"]", "/bin/bash|-c")]
    [InlineData("COPY a b /dst/", "a|b > /dst/ from=- chown=- chmod=- link=False parents=False without=")]
    [InlineData("COPY --from=build --chown=1:1 --chmod=0755 --link --exclude=*.md --exclude=x [\"a b\", \"/c\"]", "a b > /c from=build chown=1:1 chmod=0755 link=True parents=False without=*.md|x")]
    [InlineData("COPY --link=false --parents a /b", "a > /b from=- chown=- chmod=- link=False parents=True without=")]
    [InlineData("COPY a << name /b\nx\nname", "a > /b from=- chown=- chmod=- link=False parents=False without=")]
    [InlineData("ADD --checksum=sha256:1 https://x/y /y", "https://x/y > /y from=- chown=- chmod=- link=False parents=False without=")]
    [InlineData("HEALTHCHECK NONE", "none")]
    [InlineData("HEALTHCHECK --interval=5s CMD curl -f x", "shell curl -f x")]
    [InlineData("HEALTHCHECK cmd [\"a\", \"b\"]", "exec a|b")]
    [InlineData("USER 1000:1000", "1000:1000")]
    [InlineData("WORKDIR /a b", "/a b")]
    [InlineData("EXPOSE 80  443/tcp", "80|443/tcp")]
    [InlineData("VOLUME [\"/a\", \"/b\"]", "/a|/b")]
    [InlineData("ONBUILD COPY --from=x a /b", "COPY: a > /b from=x chown=- chmod=- link=False parents=False without=")]
    public void An_instruction_has_its_parts(string text, string expected) => Assert.Equal(expected, Told(Read(text)));

    [Theory]
    [InlineData("FORM a", "1:1 there is no instruction FORM: is FROM meant?")]
    [InlineData("SOMETHING else", "1:1 there is no instruction SOMETHING")]
    [InlineData("FROM a b", "1:1 FROM takes an image, or an image, AS, and the name of the stage")]
    [InlineData("FROM a AS 1x", "1:11 \"1x\" is no name of a stage: a letter, and then letters, digits, - _ or .")]
    [InlineData("FROM --os=linux a", "1:6 FROM has no flag --os: it has --platform")]
    [InlineData("ARG", "1:1 ARG takes an argument")]
    [InlineData("ARG A =x", "1:7 the name before = is missing")]
    [InlineData("ENV A=1 B", "1:9 there is no = in \"B\": ENV takes name=value, with quotes around a value with spaces")]
    [InlineData("ENV A", "1:1 ENV takes a name and a value")]
    [InlineData("RUN --mount=type=disk x", "1:5 \"disk\" is no kind of mount: bind, cache, tmpfs, secret, ssh are")]
    [InlineData("RUN --mount=targt=/x x", "1:5 a mount has no field \"targt\"")]
    [InlineData("RUN --mount=target x", "1:5 the field \"target\" of a mount takes a value: target=…")]
    [InlineData("RUN --mount=from=$x,target=/x x", "1:5 \"from\" of a mount takes no variable: a stage that begins from it does")]
    [InlineData("RUN --network=some x", "1:5 --network is default, none or host")]
    [InlineData("RUN --security=none x", "1:5 --security is sandbox or insecure")]
    [InlineData("RUN", "1:1 RUN takes an argument")]
    [InlineData("RUN [\"a\", 1]", "1:11 a list in brackets takes strings alone, each in double quotes")]
    [InlineData("SHELL /bin/sh -c", "1:1 SHELL takes a list in brackets: [\"/bin/sh\", \"-c\"]")]
    [InlineData("COPY a", "1:1 COPY takes at least one source, and a destination")]
    [InlineData("COPY a https://x.example/b /c", "1:8 COPY takes no address: ADD does")]
    [InlineData("COPY --chown a b", "1:6 --chown takes a value: --chown=…")]
    [InlineData("COPY --link=yes a b", "1:6 --link is true or false")]
    [InlineData("COPY --chown=1 --chown=2 a b", "1:16 --chown is there already")]
    [InlineData("COPY a <<E\nx\nE", "1:8 a document cannot be a destination")]
    [InlineData("ADD --from=x a b", "1:5 ADD has no flag --from: it has --checksum, --chmod, --chown, --exclude, --keep-git-dir, --link, --unpack")]
    [InlineData("USER --x=1 a", "1:6 USER has no flag --x")]
    [InlineData("HEALTHCHECK curl x", "1:13 HEALTHCHECK takes CMD and a command, or NONE")]
    [InlineData("HEALTHCHECK NONE x", "1:18 HEALTHCHECK NONE takes nothing more")]
    [InlineData("HEALTHCHECK CMD", "1:1 HEALTHCHECK CMD takes a command")]
    [InlineData("ONBUILD ONBUILD RUN x", "1:9 ONBUILD cannot stand behind ONBUILD")]
    [InlineData("ONBUILD RUNN x", "1:9 there is no instruction RUNN: is RUN meant?")]
    public void What_a_build_refuses_is_named_with_its_place(string text, string expected)
    {
        var problem = Assert.Throws<DockerfileSyntaxException>(() => Read(text)).Problem;
        Assert.Equal(expected, $"{problem.At} {problem.Reason}");
    }
}
