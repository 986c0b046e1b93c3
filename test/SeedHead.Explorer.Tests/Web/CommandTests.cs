using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SeedHead.Tests.Cli;

namespace SeedHead.Explorer.Tests.Web;

/// <summary>The verb `serve` in a process of its own.</summary>
public class CommandTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task It_prints_its_address_answers_there_and_ends_on_a_signal_with_0(string signal)
    {
        using Process process = CommandRun.Start(null, "serve", "--port", "0");
        try
        {
            string address = (await process.StandardOutput.ReadLineAsync())!;
            Assert.Matches(@"^http://127\.0\.0\.1:\d+/$", address);
            using var client = new HttpClient();
            Assert.Contains("SeedHead explorer", await client.GetStringAsync(address));
            using Process kill = Process.Start("kill", ["-" + signal, process.Id.ToString()]);
            await kill.WaitForExitAsync();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            await process.WaitForExitAsync(limit.Token);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    [Fact]
    public void A_port_in_use_ends_with_2_and_names_the_way_out()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        CommandRun.Of("serve", "--port", port.ToString()).Refused(2, $"Port {port} of 127.0.0.1 is in use", "--port 0");
    }

    [Theory]
    [InlineData("70000")]
    [InlineData("-1")]
    [InlineData("http")]
    public void A_port_that_is_none_ends_with_2(string port) => CommandRun.Of("serve", "--port", port).Refused(2, port, "from 0 to 65535");

    [Fact]
    public async Task Nobody_outside_this_machine_can_reach_it()
    {
        await using var server = await ExplorerServer.Start(0, 1);
        IPAddress[] others = [.. (await Dns.GetHostAddressesAsync(Dns.GetHostName())).Where(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address))];
        Assert.Equal("127.0.0.1", server.Address.Host);
        foreach (IPAddress other in others)
        {
            using var client = new TcpClient();
            await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(other, server.Address.Port));
        }
    }
}
