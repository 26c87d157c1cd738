// For kernels other than the course's own (there everything below is in place from the start): run `dotnet build` once, then this works.
#r "../artifacts/bin/DeepLearning.Plotting/release/DeepLearning.dll"
#r "../artifacts/bin/DeepLearning.Plotting/release/DeepLearning.Plotting.dll"
#r "../artifacts/bin/DeepLearning.Course/release/MathNet.Numerics.dll"

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using DeepLearning;
using DeepLearning.Plotting;
