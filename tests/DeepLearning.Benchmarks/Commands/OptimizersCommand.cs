using System.CommandLine;
using System.Globalization;

namespace DeepLearning.Benchmarks;

/// <summary>
/// What a step of each optimizer takes, by its fused kernel and by its formula, and that of one written outside the library.
/// </summary>
internal static class OptimizersCommand
{
    private static readonly Dictionary<string, Func<IEnumerable<Parameter>, Optimizer>> s_optimizers = new()
    {
        ["Sgd"] = p => new Sgd(p),
        ["Momentum"] = p => new Momentum(p),
        ["Nesterov"] = p => new Nesterov(p),
        ["AdaGrad"] = p => new AdaGrad(p),
        ["RmsProp"] = p => new RmsProp(p),
        ["Adadelta"] = p => new Adadelta(p),
        ["Adam"] = p => new Adam(p),
        ["AMSGrad"] = p => new Adam(p, amsgrad: true),
        ["AdamW"] = p => new AdamW(p),
        ["Adamax"] = p => new Adamax(p),
        ["Nadam"] = p => new Nadam(p),
        ["Lion"] = p => new Lion(p),
        ["Adam of a stranger"] = p => new StrangersAdam(p),
    };

    private sealed class StrangersAdam(IEnumerable<Parameter> parameters)
        : Optimizer(parameters, learningRate: 0.001, weightDecay: 0, "m", "v")
    {
        protected override Tensor Update(Tensor w, Tensor g, ParameterState p)
        {
            Tensor m = p["m"] = 0.9 * p["m"] + 0.1 * g;
            Tensor v = p["v"] = 0.999 * p["v"] + 0.001 * g.Square();
            Tensor mHat = m / (1 - Math.Pow(0.9, p.Steps)), vHat = v / (1 - Math.Pow(0.999, p.Steps));
            return w - p.LearningRate * mHat / (vHat.Sqrt() + 1e-8);
        }
    }

    public static Command Create()
    {
        Option<int> threads = CommonOptions.Threads();
        Option<double> seconds = CommonOptions.Seconds(unlessGiven: 1);
        Command command = new("optimizers",
            "Times a step of every optimizer on 784-256-128-10: by its fused kernel, and by its formula.") { threads, seconds };
        command.SetAction(parsed => Run(parsed.GetValue(threads), new Timing(parsed.GetValue(seconds))));
        return command;
    }

    private static void Run(int threads, Timing timing)
    {
        CommonOptions.UseThreads(threads);
        Console.WriteLine($"{"optimizer",-20}{"fused, µs",12}{"formula, µs",13}{"ratio",8}{"of Adam's",11}");
        double adam = Microseconds(p => new Adam(p), fused: true);
        foreach ((string name, Func<IEnumerable<Parameter>, Optimizer> make) in s_optimizers)
        {
            double? fused = make([new Parameter("w", Tensor.Ones(1), isWeight: true)]) is StrangersAdam or Adamax ? null
                : Microseconds(make, fused: true);
            double formula = Microseconds(make, fused: false);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-20}{fused,12:0}{formula,13:0}{formula / fused,8:0.00}{formula / adam,11:0.00}"));
        }

        double Microseconds(Func<IEnumerable<Parameter>, Optimizer> make, bool fused)
        {
            Generator generator = new(0);
            Sequential model = new(new Dense(784, 256, generator), new Relu(), new Dense(256, 128, generator), new Relu(),
                new Dense(128, 10, generator));
            model.Forward(Tensor.Uniform(generator, 0, 1, 64, 784)).Square().Mean().Backward();
            Optimizer optimizer = make(model.Parameters);
            optimizer.UseFusedKernels = fused;
            return 1e6 / timing.Rate(optimizer.Step).PerSecond;
        }
    }
}
