namespace Plimsoll.Engine.Tests.Dockerfiles.Rules;

/// <summary>What is said of the commands of a step.</summary>
public sealed class ScriptRuleTests
{
    static string Said(string rule, string run) => string.Join(' ', Advices.Places($"FROM debian:13\n{run}\nUSER 1\n", rule));

    [Fact]
    public void Sudo_is_where_it_is_called_and_not_where_it_is_named() => Assert.Equal("3:2-3:6", Said("sudo", "RUN apt-get install -y sudo && \\\n sudo make install"));

    [Theory]
    [InlineData("RUN sudo -u app make")]
    [InlineData("RUN sudo -E -u app -H make")]
    [InlineData("RUN sudo --user=app make")]
    [InlineData("RUN yum -y install sudo \\\n curl")]
    public void Sudo_that_gives_rights_away_and_its_package_are_left_alone(string run) => Assert.Equal("", Said("sudo", run));

    [Theory]
    [InlineData("RUN cd ui && npm ci && cd ..", "")]
    [InlineData("RUN git clone u x && cd x && make && cd /", "")]
    [InlineData("RUN echo cd && make && cd /srv", "2:24-2:26")]
    public void A_cd_that_leads_back_loses_nothing(string run, string places) => Assert.Equal(places, Said("lost-state", run));
}
